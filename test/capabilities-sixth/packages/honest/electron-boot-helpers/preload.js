const { contextBridge, ipcRenderer, clipboard } = require('electron');

const channels = new Set(['app:version', 'app:open-external', 'store:get', 'store:set']);
contextBridge.exposeInMainWorld('host', {
  invoke: (channel, ...args) => (channels.has(channel) ? ipcRenderer.invoke(channel, ...args) : Promise.reject(new Error('blocked channel ' + channel))),
  on: (channel, fn) => { const h = (_e, ...a) => fn(...a); ipcRenderer.on(channel, h); return () => ipcRenderer.removeListener(channel, h); },
  copy: (text) => clipboard.writeText(String(text)),
});
