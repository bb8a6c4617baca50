import { testProvedCells } from './test-proved-cells.ts';

testProvedCells('yarn-berry', 40);
