/** The look of the provider's pages. */
export const signInStyle = `
:root { color-scheme: light dark; --page: #f2f3f7; --card: #fff; --text: #1f2128; --soft: #5d606a; --line: #d9dbe3; --go: #1a5fb4;
  font: 16px / 1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14161b; --card: #1f222a; --text: #e2e4ea; --soft: #a5a9b5; --line: #3a3f4b; --go: #8cbcf7; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 24px 16px; background: var(--page); color: var(--text); }
main { max-width: 520px; margin: 0 auto; padding: 24px; border: 1px solid var(--line); border-radius: 14px; background: var(--card); }
h1 { margin: 0 0 4px; font-size: 24px; line-height: 1.25; }
p { margin: 0 0 12px; }
ul { display: grid; gap: 10px; margin: 16px 0; padding: 0; list-style: none; }
li form { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; padding: 10px; border: 1px solid var(--line); border-radius: 10px; }
.soft { color: var(--soft); font-size: 14px; }
li .soft { flex: 1 1 auto; margin: 0; padding-left: 4px; }
button { font: inherit; color: inherit; background: none; border: 1px solid var(--line); border-radius: 8px; padding: 6px 12px; cursor: pointer; }
button:hover { border-color: var(--go); }
:focus-visible { outline: 2px solid var(--go); outline-offset: 2px; }
.who { flex: 1 0 100%; display: flex; flex-wrap: wrap; gap: 0 12px; justify-content: space-between; padding: 10px 12px; text-align: left; }
.who b { color: var(--go); }
.quiet { font-size: 14px; }
code { overflow-wrap: anywhere; }
`;
