/** The style sheet of the report; its figures have the colours of @ritz/charts. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const themes = readFileSync(createRequire(import.meta.url).resolve('@ritz/charts/theme.css'), 'utf8');
/** The report follows the system's theme instead of a class that a user chooses. */
const figures = themes.replace(/^\.dark (\{[^}]*\})/m, '@media (prefers-color-scheme: dark) { :root $1 }');

export const style = `${figures}
  :root { color-scheme: light dark; --page: #fff; --text: #1a1a1a; --quiet: #5a5a5a; --line: #ccc;
    --good: #0b4f30; --good-back: #d7f0e3; --bad: #7a2000; --bad-back: #fbdcd2; --open: #333; --open-back: #e8e8e8 }
  @media (prefers-color-scheme: dark) { :root { --page: #15181b; --text: #e8e8e8; --quiet: #a9adb1; --line: #4a4f54;
    --good: #a8e6c6; --good-back: #11402a; --bad: #ffbfa8; --bad-back: #5a210c; --open: #d6d6d6; --open-back: #363b40 } }
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: var(--text); background: var(--page) }
  h1 { font-size: 1.5rem; line-height: 1.25 } h2 { font-size: 1.15rem; margin: 2.5rem 0 .3rem }
  table { border-collapse: collapse; margin: .7rem 0 } td, th { padding: .2rem 1rem .2rem 0; text-align: left; vertical-align: top }
  th { font-weight: 600; border-bottom: 1px solid var(--line) } .number { text-align: right; font-variant-numeric: tabular-nums }
  .interval { white-space: nowrap } .verdict { display: inline-block; padding: 0 .6rem; border-radius: 1rem; font-weight: 600; white-space: nowrap }
  .supports { background: var(--good-back); color: var(--good) } .contradicts { background: var(--bad-back); color: var(--bad) }
  .undecided { background: var(--open-back); color: var(--open) } .rule { color: var(--quiet) } a { color: inherit }
  .figure { overflow-x: auto } svg { display: block; width: 100%; min-width: 34rem; height: auto; margin: .5rem 0 }
  @media (max-width: 42rem) {
    td, th { padding-right: .6rem }
    .measured, .measured tbody { display: block } .measured tr:first-child { display: none } .measured tr { display: block; border-top: 1px solid var(--line); padding: .4rem 0 }
    .measured td { display: flex; justify-content: space-between; gap: 1rem; padding: .1rem 0; text-align: right }
    .measured td:first-child { text-align: left; font-weight: 600 } .measured td[data-of]::before { content: attr(data-of); color: var(--quiet) } }`;
