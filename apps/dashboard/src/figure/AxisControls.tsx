'use client';
/** Kernel, axes and zoom of densities. */
import type { Domain } from '@ritz/charts';
import { Choice } from './Choice.tsx';
import { useDensityAxis, useKernel, useLambdaAxis, useZoom } from './urlState.ts';
import { ZoomControl } from './ZoomControl.tsx';

const lambdaAxes = [
  { value: 'symlog', label: 'symlog', title: 'Logarithmic on both sides of 0, linear near 0' },
  { value: 'log', label: 'log', title: 'Logarithmic: positive eigenvalues only' },
  { value: 'linear', label: 'linear', title: 'No distortion' },
] as const;

const densityAxes = [
  { value: 'log', label: 'log', title: 'Logarithmic: single eigenvalues stay visible beside the bulk' },
  { value: 'symlog', label: 'symlog', title: 'Logarithmic, extended to 0' },
  { value: 'linear', label: 'linear', title: 'Areas are shares of the eigenvalues' },
] as const;

const kernels = [
  { value: 'gaussian', label: 'Gaussian', title: 'The paper’s kernel; its tails are wide on a log axis' },
  { value: 'epanechnikov', label: 'Epanechnikov', title: 'Parabolic, zero beyond √5 σ: neighbouring peaks stay apart' },
] as const;

/** @param props.extent full range of the measured eigenvalues */
export function AxisControls({ extent }: { readonly extent: Domain }) {
  const [lambda, setLambda] = useLambdaAxis();
  const [density, setDensity] = useDensityAxis();
  const [kernel, setKernel] = useKernel();
  const [zoom, setZoom] = useZoom();
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
      <Choice label="λ axis" value={lambda} options={lambdaAxes} onChange={(next) => void setLambda(next)} />
      <Choice label="Density axis" value={density} options={densityAxes} onChange={(next) => void setDensity(next)} />
      <Choice label="Kernel" value={kernel} options={kernels} onChange={(next) => void setKernel(next)} />
      <ZoomControl zoom={zoom} extent={extent} onChange={(next) => void setZoom(next)} />
    </div>
  );
}
