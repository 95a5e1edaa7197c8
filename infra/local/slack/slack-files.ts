import type { ImageSource } from './block-schema.ts';
import { filePath, imageType, type StoredFile } from './file-store.ts';
import type { MessageContent } from './message-store.ts';
import { Refusal } from './refusal.ts';
import type { SlackState } from './state.ts';
import type { Workspace } from './workspace.ts';

type SlackFileReference = NonNullable<ImageSource['slack_file']>;

/** The completed image file that a block means, if there is one in the workspace. */
function findImageFile(state: SlackState, team: string, reference: SlackFileReference): StoredFile | undefined {
  const id = 'id' in reference ? reference.id : /\/files\/(F\w+)\//.exec(new URL(reference.url).pathname)?.[1];
  const file = id === undefined ? undefined : state.files.get(id);
  const usable = file?.team === team && file.completed === true && imageType(file.name) !== undefined;
  return usable ? file : undefined;
}

/** Throws `invalid_blocks` when a block shows a file that is missing, not completed or no image. */
export function refuseUnknownFiles(state: SlackState, workspace: Workspace, content: MessageContent): void {
  const lists = [
    { pointer: '/blocks', blocks: content.blocks ?? [] },
    ...(content.attachments ?? []).map(({ blocks = [] }, index) => ({
      pointer: `/attachments/${index}/blocks`,
      blocks,
    })),
  ];
  const problems = lists.flatMap(({ pointer, blocks }) =>
    blocks.flatMap((block, index) =>
      slackFilesOf(block)
        .filter((reference) => findImageFile(state, workspace.teamId, reference) === undefined)
        .map(() => `no such image file [json-pointer:${pointer}/${index}/slack_file]`),
    ),
  );
  if (problems.length > 0) throw new Refusal('invalid_blocks', problems);
}

function slackFilesOf(block: NonNullable<MessageContent['blocks']>[number]): SlackFileReference[] {
  const images: readonly { readonly slack_file?: SlackFileReference | undefined }[] =
    block.type === 'image'
      ? [block]
      : block.type === 'context'
        ? block.elements.filter((element) => element.type === 'image')
        : block.type === 'section' && block.accessory?.type === 'image'
          ? [block.accessory]
          : [];
  return images.flatMap(({ slack_file }) => (slack_file === undefined ? [] : [slack_file]));
}

/** The address of an image for the page; empty when there is none. */
export function imageAddress(
  state: SlackState,
  team: string,
  image: Pick<ImageSource, 'image_url' | 'slack_file'>,
): string {
  if (image.slack_file === undefined) return image.image_url ?? '';
  const file = findImageFile(state, team, image.slack_file);
  return file === undefined ? '' : filePath(file);
}
