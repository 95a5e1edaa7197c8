/**
 * Ends with one sentence on any other Node than the functions run on when deployed. Plain JavaScript, so that an old
 * Node can read it: `node --import ./infra/local/require-node.mjs` says it before Node stumbles over the first .ts file.
 */
const wantedMajor = 24;

if (!process.version.startsWith(`v${wantedMajor}.`)) {
  console.error(
    `postflow runs on Node ${wantedMajor}, as its functions do on AWS, but this is Node ${process.version}. ` +
      `On Linux, "npm ci" installs Node ${wantedMajor} next to the other packages, and npm scripts use that one: ` +
      `run it with npm. On other systems, install Node ${wantedMajor} first.`,
  );
  process.exit(1);
}
