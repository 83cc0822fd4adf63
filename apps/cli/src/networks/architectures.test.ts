import { runCases } from './runCases.ts';

runCases(['L']);
