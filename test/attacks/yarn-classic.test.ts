import { testProvedCells } from './test-proved-cells.ts';

testProvedCells('yarn-classic', 40);
