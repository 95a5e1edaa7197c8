/** Endpoints that the API has and this version does not serve yet; `*` is one part of the path. */
const later: Readonly<Record<string, readonly string[]>> = {
  'organizations/*/releases': ['GET'],
  'organizations/*/releases/*': ['GET', 'DELETE'],
  'organizations/*/releases/*/commits': ['GET'],
  'organizations/*/releases/*/commitfiles': ['GET'],
  'projects/*/*/releases': ['GET'],
  'projects/*/*/releases/*': ['GET', 'DELETE'],
  'projects/*/*/releases/*/commits': ['GET'],
};

const patterns = Object.entries(later).map(([path, methods]) => ({
  path: new RegExp(`^${path.replaceAll('*', '[^/]+')}/?$`),
  methods,
}));

/** Whether a later version serves this; `path` is what follows `/api/0/`. Everything else is not part of the API. */
export function isLaterEndpoint(method: string, path: string): boolean {
  return patterns.some((pattern) => pattern.methods.includes(method) && pattern.path.test(path));
}
