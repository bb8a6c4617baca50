module.exports.isWin = process.platform === 'win32';
