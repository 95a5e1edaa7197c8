import { html } from 'hono/html';
import {
  actions,
  type Fact,
  facts,
  form,
  linkButton,
  note,
  paragraphs,
  signedInFooter,
  submitButton,
} from './components.ts';
import { type Html, page } from './layout.ts';
import { pageMessages } from './messages.ts';

const texts = pageMessages.linkPages;

/** What every page says that asks for confirmation. */
export interface Confirmation {
  readonly title: string;
  readonly text: string;
  readonly facts: readonly Fact[];
  /** What ends, or is lost, if they say yes. */
  readonly warnings?: readonly string[];
  readonly button: string;
  /** Further fields of the form: hidden ones, or a choice. */
  readonly fields?: Html;
  readonly form: { readonly action: string; readonly csrf: string };
  readonly signedIn: { readonly email: string; readonly anotherAccountUrl: string };
}

/** Asks whether to do what a link is for. */
export function confirmPage(about: Confirmation): string {
  const { title, warnings = [], button, fields = '', signedIn } = about;
  const sending = html`${fields}${actions(submitButton(button))}`;
  const content = html`${paragraphs(about.text)}${facts(about.facts)}${warnings.map(note)}${form(about.form, sending)}<p class="quiet after">${texts.cancel}</p>`;
  return page({ title, tone: 'ask', footer: signedInFooter(signedIn.email, signedIn.anotherAccountUrl) }, content);
}

/** Where in Slack to go back to. */
export interface SlackPlace {
  readonly teamId: string;
  readonly channelId: string;
}

/** Tells what was done, and leads back to Slack. `problem` is what did not come along. */
export function donePage(about: {
  readonly title: string;
  readonly text: string;
  readonly told?: string | undefined;
  readonly problem?: string | undefined;
  /** That the link was used for this, when it is opened again. */
  readonly used?: string | undefined;
  readonly place: SlackPlace;
}): string {
  const { title, text, told, problem, used, place } = about;
  const quiet = (words: string | undefined) => (words === undefined ? '' : html`<p class="quiet">${words}</p>`);
  const news = problem === undefined ? quiet(told) : note(problem);
  const content = html`${paragraphs(text)}${news}${quiet(used)}${backToSlack(place)}`;
  return page({ title, tone: 'done' }, content);
}

/** Fields that people do not see. */
export function hiddenFields(values: Readonly<Record<string, string>>): Html {
  return html`${Object.entries(values).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`;
}

/** One of several things to choose. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly small: string;
}

/** A choice of one; the only one is chosen already. */
export function choiceField(name: string, legend: string, choices: readonly Choice[]): Html {
  const checked = choices.length === 1 ? html` checked` : '';
  const option = ({ value, label, small }: Choice): Html =>
    html`<label class="choice"><input type="radio" name="${name}" value="${value}" required${checked}><span>${label}<small>${small}</small></span></label>`;
  return html`<fieldset><legend>${legend}</legend>${choices.map(option)}</fieldset>`;
}

function backToSlack({ teamId, channelId }: SlackPlace): Html {
  const [team, channel] = [encodeURIComponent(teamId), encodeURIComponent(channelId)];
  return actions(
    linkButton(texts.backToSlack, `slack://channel?id=${channel}&team=${team}`),
    linkButton(texts.slackInBrowser, `https://app.slack.com/client/${team}/${channel}`, 'second'),
  );
}
