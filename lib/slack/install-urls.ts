/** The page on which managers add the app to a workspace; `publicUrl` is our own address, without a slash at its end. */
export function installUrl(publicUrl: string): string {
  return `${publicUrl}/extensions/slack/install/`;
}

/** Where Slack sends people back to; the manifest names it. */
export function installCallbackUrl(publicUrl: string): string {
  return `${installUrl(publicUrl)}callback/`;
}
