import { runCases } from './runCases.ts';

runCases(['F', 'G', 'H', 'J', 'K', 'Q', 'R']);
