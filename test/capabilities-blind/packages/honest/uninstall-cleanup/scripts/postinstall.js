const fs = require('fs');
const { configDir } = require('./paths');
try {
  fs.mkdirSync(configDir, { recursive: true, mode: 0o700 });
} catch (error) {
  console.warn(`devcert-local: ${configDir} could not be made: ${error.message}`);
}
