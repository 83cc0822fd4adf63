/** A choice among a few options, all visible. */

export interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly {
    readonly value: Value;
    readonly label: string;
    /** Tooltip. */
    readonly title?: string;
  }[];
  readonly onChange: (value: Value) => void;
}

export function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <div role="group" aria-label={label} className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
      <span className="text-[12.5px] text-muted">{label}</span>
      <div className="flex min-w-0 flex-wrap gap-y-px -space-x-px [&>*:first-child]:rounded-l [&>*:last-child]:rounded-r">
        {options.map((option) => (
          <button
            key={option.value}
            type="button"
            className="control rounded-none! aria-pressed:z-1"
            aria-pressed={option.value === value}
            title={option.title}
            onClick={() => {
              onChange(option.value);
            }}
          >
            {option.label}
          </button>
        ))}
      </div>
    </div>
  );
}
