import { authTest, revoke, uninstall } from './app.ts';
import { remove, update } from './chat-change.ts';
import { getPermalink, unfurl } from './chat-links.ts';
import { postEphemeral, postMessage } from './chat-post.ts';
import { history, replies } from './conversation-history.ts';
import { info as conversationInfo, list as conversationList, join, open } from './conversations.ts';
import { completeUpload, getUploadUrl } from './files.ts';
import type { Method } from './method.ts';
import { lookupByEmail, info as userInfo, list as userList } from './users.ts';

interface MethodEntry {
  readonly run: Method;
  /** Whether Slack reads JSON bodies for it; the methods that only read take forms alone. */
  readonly json: boolean;
}

const reads = (run: Method): MethodEntry => ({ run, json: false });
const writes = (run: Method): MethodEntry => ({ run, json: true });

/** The Web API methods that the stand-in speaks. */
export const methods: ReadonlyMap<string, MethodEntry> = new Map([
  ['apps.uninstall', reads(uninstall)],
  ['auth.revoke', reads(revoke)],
  ['auth.test', writes(authTest)],
  ['chat.delete', writes(remove)],
  ['chat.getPermalink', reads(getPermalink)],
  ['chat.postEphemeral', writes(postEphemeral)],
  ['chat.postMessage', writes(postMessage)],
  ['chat.unfurl', writes(unfurl)],
  ['chat.update', writes(update)],
  ['conversations.history', reads(history)],
  ['conversations.info', reads(conversationInfo)],
  ['conversations.join', writes(join)],
  ['conversations.list', reads(conversationList)],
  ['conversations.open', writes(open)],
  ['conversations.replies', reads(replies)],
  ['files.completeUploadExternal', writes(completeUpload)],
  ['files.getUploadURLExternal', reads(getUploadUrl)],
  ['users.info', reads(userInfo)],
  ['users.list', reads(userList)],
  ['users.lookupByEmail', reads(lookupByEmail)],
]);
