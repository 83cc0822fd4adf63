/** `ritz settings`: shows every setting and checks its value. */
import { checkSettings, settingRows } from '@ritz/settings';
import pc from 'picocolors';
import { wrap } from '../terminal/wrap.ts';

/** Prints every setting with its value. Throws a SettingError, after all of them, for the first invalid one. */
export function settings(): void {
  for (const { name, value, given, setting } of settingRows(process.env)) {
    const shown = value === '' ? pc.dim('(not set)') : given ? pc.bold(value) : value;
    console.log(`${name} = ${shown}`);
    console.log(pc.dim(`  ${wrap(setting.about, { indent: 2, width: process.stdout.columns })}`));
  }
  checkSettings(process.env);
}
