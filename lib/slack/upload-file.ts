import type { SlackCalls } from './slack-calls.ts';
import { SlackBusyError, SlackUncertainError } from './slack-errors.ts';

/** A file as it is handed to Slack, where nobody sees it before it is shared. */
export interface FileToUpload {
  readonly name: string;
  /** What the picture shows, for who does not see it. https://docs.slack.dev/reference/methods/files.getUploadURLExternal takes 1,000 characters. */
  readonly altText: string;
  readonly bytes: Uint8Array;
}

/** An uploaded file with its name for people. */
export interface FileToKeep {
  readonly fileId: string;
  readonly title: string;
}

/** An uploaded file with the place where it is to be seen. */
export interface FileSharing extends FileToKeep {
  /** Stands above the file, in Slack's mrkdwn. */
  readonly comment: string;
  readonly channel: string;
  readonly threadTs?: string | undefined;
}

/** A call that takes longer has been lost. */
const callTimeoutMs = 8_000;

/** Hands a file to Slack and gives its id there. Nobody sees it yet, so that doing this twice does no harm. */
export async function uploadFile(calls: SlackCalls, teamId: string, file: FileToUpload): Promise<string> {
  // The client calls the description `alt_text`, which Slack does not know.
  const wish = { filename: file.name, length: file.bytes.byteLength, alt_txt: file.altText };
  const { upload_url: address, file_id: fileId } = await calls.call(teamId, ({ files }) =>
    files.getUploadURLExternal(wish),
  );
  if (address === undefined || fileId === undefined) throw new TypeError('Slack did not say where to upload to.');
  const answer = await send(address, file.bytes);
  if (answer.status === 429) throw new SlackBusyError(Number(answer.headers.get('retry-after')) || 1);
  if (!answer.ok) throw new SlackUncertainError();
  return fileId;
}

/** Ends the upload of a file that only messages of ours will show, in their blocks. */
export async function keepFile(calls: SlackCalls, teamId: string, file: FileToKeep): Promise<void> {
  const { fileId: id, title } = file;
  await calls.call(teamId, ({ files }) => files.completeUploadExternal({ files: [{ id, title }] }));
}

/** Shows an uploaded file in a channel, or in the thread of a message there. */
export async function shareFile(calls: SlackCalls, teamId: string, sharing: FileSharing): Promise<void> {
  const { fileId: id, title, comment, channel, threadTs } = sharing;
  await calls.call(teamId, ({ files }) =>
    files.completeUploadExternal({
      files: [{ id, title }],
      initial_comment: comment,
      ...(threadTs === undefined ? { channel_id: channel } : { channel_id: channel, thread_ts: threadTs }),
    }),
  );
}

async function send(address: string, bytes: Uint8Array): Promise<Response> {
  try {
    return await fetch(address, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/octet-stream' },
      body: Uint8Array.from(bytes),
      signal: AbortSignal.timeout(callTimeoutMs),
    });
  } catch (cause) {
    throw new SlackUncertainError({ cause });
  }
}
