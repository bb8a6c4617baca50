#!/usr/bin/env node
import { login, logout } from '../src/login.js';
import { deploy } from '../src/deploy.js';
import { getToken } from '../src/config.js';

const [command, ...args] = process.argv.slice(2);
const commands = {
  login,
  logout,
  deploy: async () => {
    const token = await getToken();
    if (!token) {
      console.error('Not logged in. Run `skylift login`, or set SKYLIFT_AUTH_TOKEN.');
      process.exit(1);
    }
    await deploy(args[0] ?? '.', token);
  },
};

await (commands[command] ?? (() => console.log(`Commands: ${Object.keys(commands).join(', ')}`)))();
