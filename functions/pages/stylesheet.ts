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
  --chart-card: #ffffff; --chart-card-edge: transparent; --chart-title: #1c2430; --chart-text: #545d69; --chart-grid: #e8ebef; --chart-axis: #aab2bd;
  --chart-line: #2563c4; --chart-beyond: #cf222e; --chart-warning: #9a5b00; --chart-resolve: #1a7f37; --chart-gap: #eef0f3; --chart-release: #6f42c1; --chart-deploy: #0b7285;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12151b; --card: #1b2029; --ink: #e8ebf1; --quiet: #a3adbd; --line: #333b48;
    --accent: #9db1ff; --accent-strong: #bccaff; --on-accent: #10162c;
    --good: #7fd6a4; --good-wash: #173326; --stop: #f5b08a; --stop-wash: #3b2417; --plain-wash: #232c48;
    --chart-card: #1b2029; --chart-card-edge: transparent; --chart-title: #e8ebf1; --chart-text: #a3adbd; --chart-grid: #2a313d; --chart-axis: #566072;
    --chart-line: #7da2f5; --chart-beyond: #ff8f87; --chart-warning: #e5b567; --chart-resolve: #7fd6a4; --chart-gap: #262d38; --chart-release: #c4a7ff; --chart-deploy: #6cc7d6;
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
details > form { margin: .75rem 0 1.25rem; }
.button { display: inline-block; padding: .7rem 1.3rem; border: 1px solid transparent; border-radius: .6rem; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; background: var(--accent); color: var(--on-accent); }
.button:hover { background: var(--accent-strong); }
.button.second { background: transparent; color: var(--accent-strong); border-color: var(--line); }
.button.second:hover { border-color: currentColor; }
a { color: var(--accent-strong); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .3rem; }
.choice:focus-within { outline: 3px solid var(--accent); outline-offset: 2px; }
.choice :focus-visible { outline: none; }
code { font: .92em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; padding: .1em .35em; border-radius: .3em; background: var(--plain-wash); overflow-wrap: anywhere; }
.wide header, .wide main, .wide footer { max-width: 50rem; }
h3 { margin: 1.75rem 0 .5rem; font-size: 1rem; line-height: 1.3; }
.part > h2 { display: flex; flex-wrap: wrap; gap: .25rem .6rem; align-items: center; }
.badge { display: inline-block; padding: .05rem .55rem; border-radius: 1rem; font-size: .85rem; font-weight: 600; white-space: nowrap; background: var(--plain-wash); color: var(--accent-strong); }
.badge.critical, .badge.warning, .badge.unreadable, .badge.open, .badge.failed { background: var(--stop-wash); color: var(--stop); }
.badge.fine, .badge.closed, .badge.sent { background: var(--good-wash); color: var(--good); }
.notice { border-radius: .6rem; padding: .75rem 1rem; margin-bottom: 1rem; background: var(--good-wash); color: var(--good); }
.notice > :last-child { margin-bottom: 0; }
.choices ul { display: flex; flex-wrap: wrap; gap: .4rem; margin: 0 0 1rem; padding: 0; list-style: none; }
.choices a { display: inline-block; padding: .3rem .8rem; border: 1px solid var(--line); border-radius: 2rem; font-size: .925rem; text-decoration: none; }
.choices a[aria-current] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.choices a:hover { border-color: currentColor; }
.text { white-space: pre-wrap; }
.lines, .story { margin: 0 0 1rem; padding: 0; list-style: none; }
.lines li, .story li { padding: .55rem 0; overflow-wrap: anywhere; }
.lines li + li, .story li + li { border-top: 1px solid var(--line); }
.lines p, .story p { margin: .25rem 0 0; }
.story li { display: grid; grid-template-columns: 10.5rem 1fr; gap: .1rem 1rem; }
.story time { color: var(--quiet); font-size: .925rem; }
.story div { min-width: 0; }
.lines a[aria-current] { font-weight: 600; }
figure { margin: 0 0 1rem; }
figcaption { margin: .35rem 0 .5rem; color: var(--quiet); font-size: .875rem; }
.chart { position: relative; max-width: 44rem; }
.chart svg { display: block; width: 100%; height: auto; }
.chart .points { position: absolute; inset: 0; }
.points g { outline: none; }
.points > g > rect { fill: transparent; }
.points > g > g { visibility: hidden; pointer-events: none; }
.points > g:hover > g, .points > g:focus > g { visibility: visible; }
.points:hover > g:focus:not(:hover) > g { visibility: hidden; }
.points path { stroke: var(--ink); stroke-width: .8; opacity: .6; }
.points circle { fill: var(--chart-line); stroke: var(--chart-card); stroke-width: 1.5; }
.points g g rect { fill: var(--ink); }
.points text { fill: var(--card); font-size: 10px; font-weight: 650; text-anchor: middle; }
.points .when { font-weight: 400; }
summary { cursor: pointer; color: var(--accent-strong); }
.scroll { max-height: 22rem; overflow: auto; margin-top: .5rem; border: 1px solid var(--line); border-radius: .6rem; }
table { width: 100%; border-collapse: collapse; }
caption { padding: .5rem .75rem; text-align: left; color: var(--quiet); font-size: .875rem; }
th, td { padding: .5rem .75rem; text-align: left; vertical-align: top; font-weight: 400; overflow-wrap: anywhere; }
thead th { color: var(--quiet); font-size: .875rem; }
tbody tr { border-top: 1px solid var(--line); }
.list { margin-bottom: 1rem; }
.list tbody th { font-weight: 600; }
footer { padding-top: 1.25rem; padding-bottom: 2.5rem; color: var(--quiet); font-size: .875rem; }
footer p { margin: 0; }
footer a { display: inline-block; }
@media (max-width: 26rem) {
  dl > div { grid-template-columns: 1fr; }
  .story li { grid-template-columns: 1fr; }
  .actions > *, .actions form, .actions .button { width: 100%; }
}
@media (max-width: 44rem) {
  .list, .list tbody, .list tr, .list th, .list td { display: block; }
  .list thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .list th, .list td { padding: .15rem 0; }
  .list tr { padding: .6rem 0; }
  .list td::before { content: attr(data-name) " "; color: var(--quiet); font-size: .875rem; }
}
@media (forced-colors: active) { .button { border-color: ButtonText; } }
`;

/** How a Content-Security-Policy names the stylesheet. */
export const stylesheetSource = `'sha256-${createHash('sha256').update(stylesheet).digest('base64')}'`;
