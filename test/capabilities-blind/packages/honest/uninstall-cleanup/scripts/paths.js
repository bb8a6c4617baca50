const os = require('os');
const path = require('path');
exports.configDir = process.platform === 'win32' ? path.join(process.env.LOCALAPPDATA || os.homedir(), 'devcert-local') : path.join(os.homedir(), '.config', 'devcert-local');
