/** The settings of Ritz: every environment variable, once, with its meaning, range and default. */
export type { Setting, SettingName } from './catalogue.ts';
export { settingRows, type SettingRow } from './page.ts';
export { checkSettings, choiceOf, integerOf, SettingError, textOf, type Environment } from './read.ts';
