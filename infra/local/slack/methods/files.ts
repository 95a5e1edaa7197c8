import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { filePath, type StoredFile } from '../file-store.ts';
import { Refusal } from '../refusal.ts';
import { post } from '../state.ts';
import type { Method, MethodCall } from './method.ts';

const filesSchema = z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1);
const altTextCharacters = 1_000;

/** files.getUploadURLExternal */
export const getUploadUrl: Method = ({ state, workspace, args, origin }) => {
  const name = args.required('filename');
  const length = args.count('length', 0, Number.MAX_SAFE_INTEGER);
  if (length === 0) throw new Refusal('missing_argument');
  const altText = args.text('alt_txt') ?? args.text('alt_text') ?? '';
  if (altText.length > altTextCharacters) throw new Refusal('alt_txt_too_large');
  const file = state.files.create({ team: workspace.teamId, name, length, altText });
  return { upload_url: `${origin}/__local/slack/upload/${file.id}?ticket=${randomUUID()}`, file_id: file.id };
};

/** files.completeUploadExternal: makes uploaded files usable and, with a channel, shares them there. */
export const completeUpload: Method = (call) => {
  const parsed = filesSchema.safeParse(call.args.structure('files', 'invalid_arguments'));
  if (!parsed.success) throw new Refusal('invalid_arguments', ['a list of files with their ids is needed']);
  const files = parsed.data.map(({ id, title }): StoredFile => {
    const file = call.state.files.get(id);
    if (file?.bytes === undefined || file.team !== call.workspace.teamId) throw new Refusal('file_not_found');
    return { ...file, completed: true, ...(title !== undefined && { title }) };
  });
  for (const file of files) call.state.files.save(file);
  share(call, files);
  return {
    files: files.map((file) => {
      const address = `${call.origin}${filePath(file)}`;
      return { id: file.id, name: file.name, title: file.title ?? file.name, url_private: address, permalink: address };
    }),
  };
};

function share(call: MethodCall, files: readonly StoredFile[]): void {
  const channel = call.args.text('channel_id');
  if (channel === undefined) return;
  const conversation = call.workspace.resolve(channel);
  if (conversation === undefined) throw new Refusal('invalid_channel');
  if (!conversation.botIsMember) throw new Refusal('posting_to_channel_denied');
  const attachments = files.map((file) => ({
    fallback: file.name,
    title: file.title ?? file.name,
    title_link: `${call.origin}${filePath(file)}`,
    image_url: `${call.origin}${filePath(file)}`,
  }));
  const text = call.args.text('initial_comment') ?? '';
  const shared = files.map(({ id, name, title = name }) => ({ id, name, title }));
  post(
    call.state,
    call.workspace,
    { text, attachments, files: shared },
    { conversation, threadTs: call.args.text('thread_ts') },
  );
}
