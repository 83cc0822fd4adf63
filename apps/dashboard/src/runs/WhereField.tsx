/** Conditions on runs, typed; what cannot be read is said, and not applied. */
import { conditionsOf } from './where.ts';

export interface WhereFieldProps {
  readonly where: string;
  readonly onChange: (where: string) => void;
}

export function WhereField({ where, onChange }: WhereFieldProps) {
  const conditions = conditionsOf(where);
  return (
    <div className="w-full sm:w-80">
      <input
        type="text"
        aria-label="Conditions"
        aria-invalid={!conditions.ok}
        aria-describedby={conditions.ok ? undefined : 'where-fault'}
        placeholder="lambda1 > 50 and batchNorm = none"
        title="Statistics and measures, with .first, .last, .max or .min; settings with =; config.path too"
        spellCheck={false}
        className="field w-full font-mono text-[12.5px]! aria-invalid:border-bad"
        value={where}
        onChange={({ target }) => {
          onChange(target.value);
        }}
      />
      {!conditions.ok && (
        <p id="where-fault" role="status" className="text-[12px] text-bad">
          Not applied: {conditions.fault}.
        </p>
      )}
    </div>
  );
}
