import { runCases } from './runCases.ts';

runCases(['I']);
