'use client';
/** Slider over the measured steps or other positions, which plays all of them. */
import { StepControls, type StepControlsProps } from './StepControls.tsx';
import { usePlayback } from './usePlayback.ts';

export type StepSliderProps = Pick<StepControlsProps, 'steps' | 'step' | 'onChange' | 'format'>;

export function StepSlider(props: StepSliderProps) {
  const playback = usePlayback(props.steps, props.step, props.onChange);
  return <StepControls {...props} playback={playback} />;
}
