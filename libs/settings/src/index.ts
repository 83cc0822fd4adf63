/** The settings of Ritz: every environment variable, once, with its meaning, range and default. */
export { settings, type Setting, type SettingName } from './catalogue.ts';
export { settingRows, settingsPage, type SettingRow } from './page.ts';
export { checkSettings, choiceOf, integerOf, rangeOf, SettingError, textOf, type Environment } from './read.ts';
