module.exports = { fontDirs: process.platform === 'win32' ? ['C:\\Windows\\Fonts'] : ['/usr/share/fonts'] };
