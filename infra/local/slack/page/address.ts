const webProtocols = new Set(['http:', 'https:']);
const linkProtocols = new Set([...webProtocols, 'mailto:', 'slack:', 'tel:']);

/** An address that may stand in a link of the page; undefined for one that could run something (`javascript:`). */
export function safeLink(address: string | undefined): string | undefined {
  return address !== undefined && hasProtocol(address, linkProtocols) ? address : undefined;
}

/** An address that may stand in an image of the page: on the web, or a file of the stand-in itself. */
export function safeImage(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  return address.startsWith('/__local/') || hasProtocol(address, webProtocols) ? address : undefined;
}

function hasProtocol(address: string, protocols: ReadonlySet<string>): boolean {
  return URL.canParse(address) && protocols.has(new URL(address).protocol);
}
