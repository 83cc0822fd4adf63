import { runCases } from './runCases.ts';

runCases(['M', 'N', 'O', 'P', 'reports', 'S']);
