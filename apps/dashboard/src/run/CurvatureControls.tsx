'use client';
/** Selects the operator and the block whose spectra are shown; nothing where only one was measured. */
import { curvatureOperatorNames, preconditionerNames } from '@ritz/client';
import { Choice } from '../figure/Choice.tsx';
import { blocksOf, chosenCurvature, operatorsOf, preconditionersOf, type Curvature, type Measured } from './spectra.ts';

export interface CurvatureControlsProps {
  readonly run: Measured;
  readonly curvature: Curvature;
  readonly onChange: (curvature: Curvature) => void;
}

/** Up to this many blocks are all visible. */
const buttonsUpTo = 4;

export function CurvatureControls({ run, curvature, onChange }: CurvatureControlsProps) {
  const change = (part: Partial<Curvature>): void => {
    // A part that was not measured together with the others becomes one that was.
    onChange(chosenCurvature(run, { ...curvature, ...part }));
  };
  return (
    <>
      <PartChoice
        label="Operator"
        value={curvature.operator}
        values={operatorsOf(run)}
        nameOf={(operator) => curvatureOperatorNames[operator]}
        onChange={(operator) => {
          change({ operator });
        }}
      />
      <PartChoice
        label="Block"
        value={curvature.block}
        values={blocksOf(run, curvature.operator)}
        nameOf={nameOfBlock}
        onChange={(block) => {
          change({ block });
        }}
      />
      <PartChoice
        label="Preconditioner"
        value={curvature.preconditioner}
        values={preconditionersOf(run, curvature)}
        nameOf={(preconditioner) => preconditionerNames[preconditioner]}
        onChange={(preconditioner) => {
          change({ preconditioner });
        }}
      />
    </>
  );
}

interface PartChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly values: readonly Value[];
  readonly nameOf: (value: Value) => string;
  readonly onChange: (value: Value) => void;
}

function PartChoice<Value extends string>({ label, value, values, nameOf, onChange }: PartChoiceProps<Value>) {
  const options = values.map((one) => ({ value: one, label: nameOf(one) }));
  if (options.length < 2) return null;
  if (options.length <= buttonsUpTo)
    return <Choice label={label} value={value} options={options} onChange={onChange} />;
  return (
    <label className="flex min-w-0 items-center gap-2 text-[12.5px] text-muted">
      {label}
      <select
        className="field min-w-0"
        value={value}
        onChange={({ target }) => {
          const chosen = values.find((one) => one === target.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

export function nameOfBlock(block: string): string {
  return block === 'all' ? 'all parameters' : block;
}
