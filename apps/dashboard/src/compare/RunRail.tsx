'use client';
/** The one legend of the page, which stays: pointing at a run fades the others, a click hides it, alt-click isolates it. */
import { useEffect, useState } from 'react';
import { Eye, EyeOff } from 'lucide-react';
import { groupBy, SeriesMark } from '@ritz/charts';
import type { NamedRun } from './NamedRun.ts';

export interface RunRailProps {
  readonly runs: readonly NamedRun[];
  /** Whether runs share colours. */
  readonly grouped: boolean;
  readonly hidden: ReadonlySet<string>;
  readonly onHide: (hidden: readonly string[]) => void;
}

/** Curves carry the id of their run or group in a class, so that fading them draws no chart anew. */
function useFading(focus: readonly string[] | null): void {
  useEffect(() => {
    if (focus === null) return;
    document.body.dataset['focus'] = '';
    const kept = focus.map((id) => `.series-${CSS.escape(id)}`).join(', ');
    const others = [...document.querySelectorAll(`[class*="series-"]:not(${kept})`)];
    for (const curve of others) curve.classList.add('ritz-faded');
    return () => {
      delete document.body.dataset['focus'];
      for (const curve of others) curve.classList.remove('ritz-faded');
    };
  }, [focus]);
}

export function RunRail({ runs, grouped, hidden, onHide }: RunRailProps) {
  const [focus, setFocus] = useState<readonly string[] | null>(null);
  useFading(focus);
  const isShown = (ids: readonly string[]): boolean => ids.some((id) => !hidden.has(id));
  const press = (ids: readonly string[], alone: boolean): void => {
    const others = runs.map((run) => run.id).filter((id) => !ids.includes(id));
    if (alone) {
      // Isolating what is alone already brings all back.
      const isAlone = others.every((id) => hidden.has(id)) && ids.every((id) => !hidden.has(id));
      onHide(isAlone ? [] : others);
    } else {
      const rest = [...hidden].filter((id) => !ids.includes(id));
      onHide(isShown(ids) ? [...rest, ...ids] : rest);
    }
  };
  const item = (entry: Omit<RailItemProps, 'shown' | 'onFocus' | 'onPress'>) => {
    const shown = isShown(entry.ids);
    return (
      <RailItem
        {...entry}
        shown={shown}
        onFocus={(on) => {
          setFocus(on && shown ? entry.ids.concat(entry.group) : null);
        }}
        onPress={(alone) => {
          press(entry.ids, alone);
        }}
      />
    );
  };
  const list = 'flex min-w-0 flex-wrap gap-x-1 gap-y-0.5 xl:flex-col xl:flex-nowrap';
  return (
    <div className="text-[12.5px]">
      <ul aria-label="Runs compared" className={list}>
        {grouped
          ? groupBy(runs, ({ group }) => group.id).map(({ name: id, members }) => {
              const group = members[0]?.group;
              return (
                group && (
                  <li key={id} className="min-w-0 xl:mb-1.5">
                    {item({
                      ids: members.map((run) => run.id),
                      group: group.id,
                      label: group.name,
                      style: group.style,
                      strong: true,
                    })}
                    <ul aria-label={group.name} className={`${list} xl:pl-3`}>
                      {members.map((run) => (
                        <li key={run.id} className="min-w-0">
                          {item({ ids: [run.id], group: group.id, label: run.label, style: run.style, strong: false })}
                        </li>
                      ))}
                    </ul>
                  </li>
                )
              );
            })
          : runs.map(({ id, label, style, group }) => (
              <li key={id} className="min-w-0">
                {item({ ids: [id], group: group.id, label, style, strong: false })}
              </li>
            ))}
      </ul>
      {hidden.size > 0 && (
        <button
          type="button"
          className="mt-1 rounded px-1.5 py-0.5 text-accent hover:bg-sunken"
          onClick={() => {
            onHide([]);
          }}
        >
          Show all
        </button>
      )}
    </div>
  );
}

interface RailItemProps {
  /** Runs that it stands for. */
  readonly ids: readonly string[];
  /** Of their colour. */
  readonly group: string;
  readonly label: string;
  readonly style: number;
  readonly strong: boolean;
  readonly shown: boolean;
  readonly onFocus: (on: boolean) => void;
  readonly onPress: (alone: boolean) => void;
}

function RailItem({ label, style, strong, shown, onFocus, onPress }: RailItemProps) {
  const Mark = shown ? Eye : EyeOff;
  return (
    <button
      type="button"
      aria-pressed={shown}
      title={`${label}: click to hide or show, Alt-click to show it alone`}
      className="group inline-flex max-w-full items-center gap-1.5 rounded px-1.5 py-0.5 text-left hover:bg-sunken data-[strong=true]:font-medium aria-[pressed=false]:text-muted aria-[pressed=false]:line-through xl:w-full"
      data-strong={strong}
      onPointerEnter={() => {
        onFocus(true);
      }}
      onPointerLeave={() => {
        onFocus(false);
      }}
      onFocus={() => {
        onFocus(true);
      }}
      onBlur={() => {
        onFocus(false);
      }}
      onClick={(event) => {
        onPress(event.altKey);
      }}
    >
      <SeriesMark style={style} width={20} solid={strong} />
      <bdi className="min-w-0 truncate max-xl:max-w-56">{label}</bdi>
      <Mark className="size-3.5 flex-none text-muted opacity-50 group-hover:opacity-100 xl:ml-auto" aria-hidden />
    </button>
  );
}
