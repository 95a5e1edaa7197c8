/** A file of a workspace: promised by files.getUploadURLExternal, then uploaded, then completed. */
export interface StoredFile {
  readonly id: string;
  readonly team: string;
  readonly name: string;
  readonly length: number;
  readonly altText: string;
  readonly title?: string;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly completed?: true;
}

/** The uploaded files of all workspaces. */
export class FileStore {
  readonly #files = new Map<string, StoredFile>();

  create(file: Omit<StoredFile, 'id'>): StoredFile {
    const id = `F0${String(this.#files.size + 1).padStart(8, '0')}`;
    const stored = { id, ...file };
    this.#files.set(id, stored);
    return stored;
  }

  all(): readonly StoredFile[] {
    return [...this.#files.values()];
  }

  get(id: string): StoredFile | undefined {
    return this.#files.get(id);
  }

  save(file: StoredFile): void {
    this.#files.set(file.id, file);
  }
}

const imageTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
};

/** The media type of an image file that Slack shows in blocks (png, jpg, gif), by its name; undefined for others. */
export function imageType(name: string): string | undefined {
  return imageTypes[name.split('.').at(-1)?.toLowerCase() ?? ''];
}

/** Where a file can be seen. */
export function filePath(file: { readonly id: string; readonly name: string }): string {
  return `/__local/slack/files/${file.id}/${encodeURIComponent(file.name)}`;
}
