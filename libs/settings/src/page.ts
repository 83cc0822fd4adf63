/** The page that lists every setting: `SETTINGS.md` of this package, and what `ritz settings` prints. */
import { settings, type Setting, type SettingName } from './catalogue.ts';
import { rangeOf, type Environment } from './read.ts';

export interface SettingRow {
  readonly name: SettingName;
  /** As it is now; a secret is not shown. */
  readonly value: string;
  readonly given: boolean;
  readonly setting: Setting;
}

/** Every setting with its value in the environment. */
export function settingRows(environment: Environment): SettingRow[] {
  return (Object.entries(settings) as [SettingName, Setting][]).map(([name, setting]) => {
    const given = environment[name];
    const secret = setting.kind === 'text' && setting.secret === true;
    return {
      name,
      value: given ? (secret ? '(set, not shown)' : given) : (setting.preset ?? '').toString(),
      given: Boolean(given),
      setting,
    };
  });
}

/** In Markdown. */
export function settingsPage(): string {
  const rows = settingRows({}).map(({ name, value, setting }) => {
    const preset = value === '' ? '' : `\`${value}\``;
    return `| \`${name}\` | ${preset} | ${rangeOf(setting)} | ${setting.readBy.join(', ')} | ${setting.about} |`;
  });
  return `# Settings

Every setting of Ritz is an environment variable. \`ritz settings\` prints them as they are, and checks them. This page is made from
\`src/catalogue.ts\`; a test fails where it differs.

| variable | unless given | may be | read by | is |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
