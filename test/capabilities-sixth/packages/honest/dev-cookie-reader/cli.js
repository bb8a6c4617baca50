#!/usr/bin/env node
const { getCookies } = require('./');
try {
  const list = getCookies(process.argv[2] || 'localhost');
  console.log(process.argv.includes('--json') ? JSON.stringify(list, null, 2) : list.map((c) => `${c.name}=${c.value}`).join('; '));
} catch (e) {
  console.error(e.message);
  process.exit(1);
}
