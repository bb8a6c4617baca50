import run from './run.js';

const ps = script => run('powershell', ['-NoProfile', '-NonInteractive', '-EncodedCommand', Buffer.from(script, 'utf16le').toString('base64')]);

export const copy = text => ps(`Set-Clipboard -Value ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${Buffer.from(text).toString('base64')}')))`);
export const paste = async () => (await ps('[Console]::OutputEncoding=[Text.Encoding]::UTF8; Get-Clipboard -Raw')).replace(/\r\n$/, '');
