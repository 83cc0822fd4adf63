import { runCases } from './runCases.ts';

runCases(['A', 'B', 'C', 'D', 'E']);
