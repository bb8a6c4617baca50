const { execFileSync } = require('child_process');
exports.read = () => execFileSync('xclip', ['-selection', 'clipboard', '-o']).toString();
