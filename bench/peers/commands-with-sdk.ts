import { httpDoor } from '../../functions/middleware/http-door.ts';
import { appSource } from '../../functions/middleware/start-app.ts';
import { door, settings } from '../../functions/slack-commands.ts';
import { randomText } from '../../lib/platform/random-text.ts';
import { fetchSecrets } from '../../lib/platform/secrets.ts';
import { openTable } from '../../lib/platform/table.ts';

// Our function, but with the table through the client of the SDK: what leaving that out is worth.

export const handler = httpDoor(
  door as never,
  appSource(settings, async (config) => {
    const { slackSigningSecret, linkSigningKey } = await fetchSecrets(config.SECRET_ID);
    return {
      table: openTable(config.TABLE_NAME),
      signingSecret: slackSigningSecret,
      linkSigningKey,
      publicUrl: config.PUBLIC_URL,
      randomText,
      surroundings: { command: config.SLACK_COMMAND, docsUrl: config.DOCS_URL, supportUrl: config.SUPPORT_URL },
    };
  }),
);
