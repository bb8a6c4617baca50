const { app, BrowserWindow, ipcMain, shell, session, safeStorage, crashReporter } = require('electron');
const fs = require('fs');
const path = require('path');

exports.squirrel = require('./squirrel');

exports.singleInstance = (onSecond) => {
  if (!app.requestSingleInstanceLock()) { app.quit(); return false; }
  app.on('second-instance', (_e, argv) => {
    const [win] = BrowserWindow.getAllWindows();
    if (win) { if (win.isMinimized()) win.restore(); win.focus(); }
    if (onSecond) onSecond(argv);
  });
  return true;
};

exports.createWindow = (url, opts = {}) => {
  const win = new BrowserWindow({ width: 1100, height: 720, show: false, ...opts, webPreferences: { preload: path.join(__dirname, 'preload.js'), contextIsolation: true, nodeIntegration: false, sandbox: true, ...opts.webPreferences } });
  win.once('ready-to-show', () => win.show());
  win.webContents.setWindowOpenHandler(({ url: u }) => { if (/^https:/.test(u)) shell.openExternal(u); return { action: 'deny' }; });
  win.webContents.on('will-navigate', (e, u) => { if (new URL(u).origin !== new URL(url).origin) e.preventDefault(); });
  win.loadURL(url);
  return win;
};

exports.csp = (policy = "default-src 'self'") => {
  session.defaultSession.webRequest.onHeadersReceived((d, cb) => cb({ responseHeaders: { ...d.responseHeaders, 'Content-Security-Policy': [policy] } }));
};

exports.store = (name = 'settings') => {
  const file = path.join(app.getPath('userData'), name + '.json');
  const read = () => { try { return JSON.parse(fs.readFileSync(file, 'utf8')); } catch { return {}; } };
  ipcMain.handle('store:get', (_e, k) => read()[k]);
  ipcMain.handle('store:set', (_e, k, v) => fs.writeFileSync(file, JSON.stringify({ ...read(), [k]: v })));
  return {
    setSecret(k, v) { fs.writeFileSync(file, JSON.stringify({ ...read(), [k]: safeStorage.encryptString(v).toString('base64') })); },
    getSecret(k) { const v = read()[k]; return v ? safeStorage.decryptString(Buffer.from(v, 'base64')) : null; },
  };
};

exports.crashes = (submitURL) => crashReporter.start({ submitURL, uploadToServer: Boolean(submitURL), compress: true });
ipcMain.handle('app:version', () => app.getVersion());
ipcMain.handle('app:open-external', (_e, u) => (/^https:\/\//.test(u) ? shell.openExternal(u) : undefined));
