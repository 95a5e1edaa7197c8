/** A tag as a browser reads it. */
export interface Tag {
  /** With a slash where it ends something. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const token =
  /([^<]+)|<!doctype html>|<style>[^<]*<\/style>|<(\/?[a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"<>]*")?)*)\s*\/?>/y;

/** The tags of a page in their order. @throws Error where a `<` begins nothing that we write */
export function tagsIn(page: string): Tag[] {
  const tags: Tag[] = [];
  token.lastIndex = 0;
  for (let read = 0; read < page.length; read = token.lastIndex) {
    const found = token.exec(page);
    if (found === null) throw new Error(`not of ours: ${page.slice(read, read + 80)}`);
    const [, , name, attributes = ''] = found;
    if (name !== undefined) tags.push({ name, attributes: attributesIn(attributes) });
  }
  return tags;
}

/** Where a page leads to, or sends to. */
export function addressesIn(tags: readonly Tag[]): string[] {
  return tags.flatMap(({ attributes: { href, action, src } }) =>
    [href, action, src].filter((one) => one !== undefined),
  );
}

function attributesIn(text: string): Record<string, string> {
  const found = text.matchAll(/([a-zA-Z-]+)(?:="([^"]*)")?/g);
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, value]));
}
