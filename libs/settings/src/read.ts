/** Reads settings from an environment, and says what is wrong with one. */
import { settings, type NameOf, type Setting, type SettingName } from './catalogue.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting is not what it may be; the message names it. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
  /** For programs, as the errors of the other packages have one. */
  readonly code = 'BAD_SETTING';
}

/** An empty variable counts as none. */
export function textOf(name: NameOf<'text'>, environment: Environment): string | null {
  return environment[name] || settings[name].preset;
}

/** @throws SettingError */
export function integerOf(name: NameOf<'integer'>, environment: Environment): number {
  const { preset, least, most } = settings[name];
  const text = environment[name] || String(preset);
  if (/^\d{1,12}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
  throw wrong(name, text);
}

/** @throws SettingError */
export function choiceOf<Name extends NameOf<'choice'>>(
  name: Name,
  environment: Environment,
): (typeof settings)[Name]['choices'][number] {
  const { preset, choices }: { readonly preset: string; readonly choices: readonly string[] } = settings[name];
  const text = environment[name] || preset;
  const choice = choices.find((one) => one === text);
  if (choice === undefined) throw wrong(name, text);
  return choice as (typeof settings)[Name]['choices'][number];
}

/** Throws the SettingError of the first variable of the environment that is not what it may be. */
export function checkSettings(environment: Environment): void {
  for (const [name, setting] of Object.entries(settings) as [SettingName, Setting][]) {
    switch (setting.kind) {
      case 'integer':
        integerOf(name as NameOf<'integer'>, environment);
        break;
      case 'choice':
        choiceOf(name as NameOf<'choice'>, environment);
        break;
      case 'text':
        break;
    }
  }
}

function wrong(name: SettingName, text: string): SettingError {
  return new SettingError(`${name}: expected ${rangeOf(settings[name])}, got ${JSON.stringify(text)}.`);
}

/** What a setting may be, in words. */
export function rangeOf(setting: Setting): string {
  switch (setting.kind) {
    case 'text':
      return 'text';
    case 'integer': {
      const unit = setting.unit === undefined ? '' : ` (${setting.unit})`;
      return `an integer from ${String(setting.least)} to ${String(setting.most)}${unit}`;
    }
    case 'choice':
      return `one of ${setting.choices.join(', ')}`;
  }
}
