import {
  confirmDisconnectPage,
  disconnectedPage,
  installedPage,
  installPage,
} from '../../functions/pages/install-pages.ts';
import { choiceField, confirmPage, donePage, hiddenFields } from '../../functions/pages/link-pages.ts';
import { PageRefusal } from '../../functions/pages/page-refusal.ts';
import { errorPage, refusalPage, signedOutPage } from '../../functions/pages/refusal-pages.ts';
import { accountPage, signedOffPage } from '../../functions/pages/sign-in-pages.ts';
import { NotFoundError } from '../../lib/platform/errors.ts';
import type { WorkspaceDescription } from '../../lib/slack/index.ts';
import { ourUrl } from './message-builders.ts';
import type { Outside } from './outside-text.ts';

/** Makes a page out of what others have chosen. A new one is tried by being named here. */
export type PageBuilder = (outside: Outside) => string;

const form = { action: `${ourUrl}/extensions/slack/link-team/x/`, csrf: 'token' } as const;
const anotherAccountUrl = `${ourUrl}/auth/sign-in/?next=%2F`;

const workspace = (outside: Outside): WorkspaceDescription => ({
  teamId: outside('workspace id'),
  name: outside('workspace'),
  botUserId: 'U0POSTFLOW',
  status: 'disabled',
  switchedOff: { reason: 'app_uninstalled', at: '2026-03-02T09:00:00.000Z' },
  installedAt: '2026-03-02T09:00:00.000Z',
});

const visited = (outside: Outside) => ({ form, visitor: { email: outside('address'), anotherAccountUrl } });
/** Ids are checked before a link is signed. */
const place = { teamId: 'T0ACME001', channelId: 'C0ALERTS01' } as const;

/** Every page that we compose. */
export const pageBuilders: Readonly<Record<string, PageBuilder>> = {
  'a confirmation': (outside) =>
    confirmPage({
      title: outside('title'),
      text: outside('text'),
      facts: [{ name: 'Team', value: outside('team'), small: outside('organization') }],
      warnings: [outside('warning')],
      button: 'Yes',
      fields: hiddenFields({ team: outside('team'), from: outside('channel') }),
      form,
      signedIn: { email: outside('address'), anotherAccountUrl },
    }),
  'a choice': (outside) =>
    confirmPage({
      title: outside('title'),
      text: 'Choose',
      facts: [],
      fields: choiceField('team', 'Teams', [
        { value: outside('team'), label: outside('name'), small: outside('organization') },
        { value: outside('other team'), label: outside('other name'), small: outside('channel') },
      ]),
      button: 'Yes',
      form,
      signedIn: { email: outside('address'), anotherAccountUrl },
    }),
  'what was done': (outside) =>
    donePage({ title: outside('title'), text: outside('text'), told: outside('told'), place }),
  'what was done in part': (outside) =>
    donePage({ title: outside('title'), text: outside('text'), problem: outside('problem'), place }),
  'an account': (outside) =>
    accountPage({
      session: { email: outside('address'), name: outside('name') },
      signOutUrl: `${ourUrl}/auth/sign-out/`,
      csrf: 'token',
      anotherAccountUrl,
    }),
  'nobody signed in': () => signedOffPage(anotherAccountUrl),
  'who was signed out': () => signedOutPage(anotherAccountUrl),
  'a refusal': (outside) => refusalPage(new NotFoundError(outside('reason'))),
  'a refusal with a way on': (outside) =>
    refusalPage(
      new PageRefusal({
        code: 'x',
        status: 403,
        title: outside('title'),
        texts: [outside('text')],
        wayOn: { text: outside('button'), url: anotherAccountUrl },
      }),
    ),
  'a defect': (outside) => errorPage(outside('request')),
  workspaces: (outside) =>
    installPage({
      ...visited(outside),
      isSetUp: true,
      organizations: [
        { slug: outside('organization'), name: outside('name'), workspaces: [workspace(outside)] },
        { slug: outside('other organization'), name: outside('other name'), workspaces: [] },
      ],
    }),
  'a workspace that is to go': (outside) =>
    confirmDisconnectPage({
      ...visited(outside),
      workspace: workspace(outside),
      organization: outside('organization'),
    }),
  'a workspace that has gone': (outside) =>
    disconnectedPage({
      teamId: 'T1',
      name: outside('workspace'),
      bot: 'kept',
      organization: outside('organization'),
      backUrl: `${ourUrl}/extensions/slack/install/`,
    }),
  'a workspace that has come': (outside) =>
    installedPage({
      workspace: workspace(outside),
      organization: outside('organization'),
      command: '/postflow',
      listUrl: `${ourUrl}/extensions/slack/install/`,
    }),
};
