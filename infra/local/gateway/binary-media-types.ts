/**
 * Whether API Gateway takes a body of this media type for binary. A body without a type counts as JSON. Types are
 * compared whole and without parameters; the only wildcard is the one that stands for everything.
 */
export function isBinary(mediaType: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  if (binaryMediaTypes.includes('*/*')) return true;
  const [bare = ''] = (mediaType ?? 'application/json').split(';');
  return binaryMediaTypes.includes(bare.trim().toLowerCase());
}
