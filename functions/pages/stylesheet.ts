import { createHash } from 'node:crypto';

/**
 * The one stylesheet of all pages. It stands in each of them, so that a page is one answer; browsers take it because its
 * hash is in the Content-Security-Policy. Contrast is at least 4.5:1 for text in both schemes.
 */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --paper: #f4f5f7; --card: #ffffff; --ink: #1c2430; --quiet: #586273; --line: #dde1e8;
  --accent: #3a55c4; --accent-strong: #2d449f; --on-accent: #ffffff;
  --good: #146c43; --good-wash: #e3f4ea; --stop: #9a3412; --stop-wash: #fdeee4; --plain-wash: #e8ecfa;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12151b; --card: #1b2029; --ink: #e8ebf1; --quiet: #a3adbd; --line: #333b48;
    --accent: #9db1ff; --accent-strong: #bccaff; --on-accent: #10162c;
    --good: #7fd6a4; --good-wash: #173326; --stop: #f5b08a; --stop-wash: #3b2417; --plain-wash: #232c48;
  }
}
* { box-sizing: border-box; }
html { font: 100%/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center; background: var(--paper); color: var(--ink); }
header, main, footer { width: 100%; max-width: 34rem; padding: 0 1.25rem; }
header { padding-top: clamp(1.5rem, 7vh, 4rem); padding-bottom: 1.25rem; }
.brand { display: inline-flex; align-items: center; gap: .55rem; margin: 0; font-weight: 650; letter-spacing: -.01em; }
.brand svg { width: 1.5rem; height: 1.5rem; color: var(--accent); }
main > section { background: var(--card); border: 1px solid var(--line); border-radius: .9rem; padding: clamp(1.4rem, 5vw, 2.25rem); box-shadow: 0 1px 2px rgb(0 0 0 / .05), 0 12px 32px -18px rgb(0 0 0 / .25); }
h1 { margin: 0 0 .75rem; font-size: clamp(1.35rem, 5vw, 1.6rem); line-height: 1.25; letter-spacing: -.015em; text-wrap: balance; overflow-wrap: anywhere; }
h2 { margin: 2.25rem 0 .75rem; font-size: 1.1rem; line-height: 1.3; }
p { margin: 0 0 1rem; text-wrap: pretty; overflow-wrap: anywhere; }
section > :last-child { margin-bottom: 0; }
.mark { display: grid; place-items: center; width: 2.75rem; height: 2.75rem; margin-bottom: 1.1rem; border-radius: 50%; background: var(--plain-wash); color: var(--accent-strong); }
.mark svg { width: 1.4rem; height: 1.4rem; }
.done .mark { background: var(--good-wash); color: var(--good); }
.stop .mark { background: var(--stop-wash); color: var(--stop); }
.quiet { color: var(--quiet); font-size: .925rem; }
.note { border-radius: .6rem; padding: .75rem 1rem; background: var(--stop-wash); color: var(--stop); }
.note > :last-child { margin-bottom: 0; }
.note + .note, .after { margin-top: 1rem; }
dl { margin: 1.25rem 0; border: 1px solid var(--line); border-radius: .6rem; }
dl > div { display: grid; grid-template-columns: 8rem 1fr; gap: .25rem 1rem; padding: .7rem 1rem; }
dl > div + div { border-top: 1px solid var(--line); }
dt { color: var(--quiet); font-size: .925rem; }
dd { margin: 0; min-width: 0; font-weight: 550; overflow-wrap: anywhere; }
dd small { display: block; font-weight: 400; color: var(--quiet); }
fieldset { margin: 0 0 1.25rem; padding: 0; border: 0; min-width: 0; }
legend { padding: 0; margin-bottom: .5rem; font-weight: 600; }
.choice { display: flex; gap: .75rem; align-items: flex-start; padding: .75rem 1rem; border: 1px solid var(--line); cursor: pointer; overflow-wrap: anywhere; }
.choice:first-of-type { border-radius: .6rem .6rem 0 0; }
.choice:last-of-type { border-radius: 0 0 .6rem .6rem; }
.choice:only-of-type { border-radius: .6rem; }
.choice + .choice { border-top: 0; }
.choice:has(:checked) { background: var(--plain-wash); }
.choice input { width: 1.15rem; height: 1.15rem; margin: .2rem 0 0; accent-color: var(--accent); flex: none; }
.choice span { min-width: 0; }
.choice small { display: block; color: var(--quiet); }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin-top: 1.5rem; }
.button { display: inline-block; padding: .7rem 1.3rem; border: 1px solid transparent; border-radius: .6rem; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; background: var(--accent); color: var(--on-accent); }
.button:hover { background: var(--accent-strong); }
.button.second { background: transparent; color: var(--accent-strong); border-color: var(--line); }
.button.second:hover { border-color: currentColor; }
a { color: var(--accent-strong); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .3rem; }
.choice:focus-within { outline: 3px solid var(--accent); outline-offset: 2px; }
.choice :focus-visible { outline: none; }
code { font: .92em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; padding: .1em .35em; border-radius: .3em; background: var(--plain-wash); overflow-wrap: anywhere; }
footer { padding-top: 1.25rem; padding-bottom: 2.5rem; color: var(--quiet); font-size: .875rem; }
footer p { margin: 0; }
footer a { display: inline-block; }
@media (max-width: 26rem) {
  dl > div { grid-template-columns: 1fr; }
  .actions > *, .actions form, .actions .button { width: 100%; }
}
@media (forced-colors: active) { .button { border-color: ButtonText; } }
`;

/** How a Content-Security-Policy names the stylesheet. */
export const stylesheetSource = `'sha256-${createHash('sha256').update(stylesheet).digest('base64')}'`;
