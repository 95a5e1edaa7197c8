// Keeps the page live: asks for it again when something changed, and puts what is new in the place of what was.
// The server renders and escapes everything; this file never makes markup out of text.

const regions = ['sidebar', 'stream', 'refusals', 'menu', 'state'];
const stream = () => document.getElementById('stream');

/** Makes the children of `target` those of `source`; children with the same key and content stay what they are. */
function patch(target, source, mark) {
  const old = new Map(
    [...target.children].filter((child) => child.dataset.key).map((child) => [child.dataset.key, child]),
  );
  const children = [...source.childNodes].map((child) => {
    const same = old.get(child.dataset?.key);
    if (same !== undefined && same.outerHTML === child.outerHTML) return same;
    const copy = document.importNode(child, true);
    if (mark && same === undefined && copy.dataset?.key) copy.classList.add('arrived');
    return copy;
  });
  target.replaceChildren(...children);
}

function isAtEnd(element) {
  return element.scrollHeight - element.scrollTop - element.clientHeight < 80;
}

function scrollToEnd() {
  const element = stream();
  if (element !== null) element.scrollTop = element.scrollHeight;
}

async function refresh() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const followed = stream() !== null && isAtEnd(stream());
  for (const id of regions) {
    const target = document.getElementById(id);
    const source = page.getElementById(id);
    if (target === null || source === null || withoutMarks(target) === source.outerHTML) continue;
    if (target.tagName !== source.tagName) target.replaceWith(document.importNode(source, true));
    else patch(target, source, id === 'stream');
  }
  if (followed) scrollToEnd();
}

/** The element as the server would send it: unopened, and without the mark of what has just arrived. */
function withoutMarks(element) {
  const copy = element.cloneNode(true);
  copy.removeAttribute('open');
  for (const child of copy.querySelectorAll('.arrived')) child.classList.remove('arrived');
  return copy.outerHTML;
}

// One refresh at a time; whatever changes meanwhile asks for one more.
let running = false;
let again = false;
async function refreshSoon() {
  if (running) {
    again = true;
    return;
  }
  running = true;
  do {
    again = false;
    await refresh().catch(() => undefined);
  } while (again);
  running = false;
}

function connect() {
  const events = new EventSource('/__local/slack/events');
  events.addEventListener('change', refreshSoon);
  // After a break (a restart of the stand-in) the page may be old.
  events.addEventListener('open', refreshSoon);
  events.addEventListener('open', () => document.documentElement.removeAttribute('data-offline'));
  events.addEventListener('error', () => document.documentElement.setAttribute('data-offline', ''));
}

function say(text, ok) {
  const outcome = document.getElementById('outcome');
  outcome.textContent = text;
  outcome.className = ok ? 'good' : 'bad';
}

async function submit(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !('live' in form.dataset)) return;
  event.preventDefault();
  const button = event.submitter ?? form.querySelector('button');
  if ('confirm' in button.dataset && !window.confirm(button.dataset.confirm)) return;
  // Before it is disabled: a button that cannot be pressed does not count as pressed.
  const body = new URLSearchParams(new FormData(form, event.submitter));
  button.disabled = true;
  say('Working…', true);
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body,
    });
    const { ok, status, durationMs, error } = await answer.json();
    const took = durationMs === undefined ? '' : ` in ${durationMs} ms`;
    // Not everything is told to the app: then there is no status.
    const good = status === null || status === undefined ? 'Done' : `Answered ${status}${took}`;
    say(ok ? good : `${error ?? `Status ${status}`}${took}`, ok);
    if (ok && 'clear' in form.dataset) form.reset();
  } catch {
    say('The stand-in does not answer', false);
  } finally {
    button.disabled = false;
    if ('clear' in form.dataset) form.elements.namedItem('text').focus();
  }
}

document.addEventListener('submit', submit);
if (location.hash === '') scrollToEnd();
connect();
