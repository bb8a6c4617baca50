"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.downloadBrowser = downloadBrowser;
const node_fs_1 = require("node:fs");
const node_https_1 = require("node:https");
const node_os_1 = require("node:os");
const node_path_1 = require("node:path");
const revisions = { chrome: '126.0.6478.63' };
function detectBrowserPlatform() {
    const platform = (0, node_os_1.platform)();
    switch (platform) {
        case 'darwin':
            return (0, node_os_1.arch)() === 'arm64' ? 'mac_arm' : 'mac';
        case 'linux':
            return 'linux';
        case 'win32':
            return (0, node_os_1.arch)() === 'x64' ? 'win64' : 'win32';
        default:
            return undefined;
    }
}
function getConfiguration() {
    return {
        skipDownload: Boolean(process.env['PILOT_SKIP_DOWNLOAD'] ?? process.env['npm_config_pilot_skip_download']),
        cacheDirectory: process.env['PILOT_CACHE_DIR'] ?? (0, node_path_1.join)((0, node_os_1.homedir)(), '.cache', 'headless-pilot'),
        baseUrl: process.env['PILOT_DOWNLOAD_BASE_URL'] ?? 'https://storage.example.test/chrome-for-testing-public',
    };
}
async function downloadBrowser() {
    overrideProxy();
    const configuration = getConfiguration();
    if (configuration.skipDownload) {
        logPolitely('**INFO** Skipping downloading browsers as instructed.');
        return;
    }
    const platform = detectBrowserPlatform();
    if (!platform) {
        throw new Error('The current platform is not supported.');
    }
    const buildId = process.env['PILOT_CHROME_REVISION'] ?? revisions.chrome;
    const outputPath = (0, node_path_1.join)(configuration.cacheDirectory, 'chrome', `${platform}-${buildId}`);
    if ((0, node_fs_1.existsSync)(outputPath)) {
        return;
    }
    (0, node_fs_1.mkdirSync)(configuration.cacheDirectory, { recursive: true });
    const archivePath = (0, node_path_1.join)(configuration.cacheDirectory, `${buildId}-chrome.zip`);
    const url = `${configuration.baseUrl}/${buildId}/${platform}/chrome-${platform}.zip`;
    try {
        await downloadFile(url, archivePath);
        await require('extract-zip')(archivePath, { dir: outputPath });
        logPolitely(`chrome (${buildId}) downloaded to ${outputPath}`);
    }
    catch (error) {
        console.error(`ERROR: Failed to set up chrome v${buildId}! Set "PILOT_SKIP_DOWNLOAD" env variable to skip download.`);
        console.error(error);
        process.exit(1);
    }
    finally {
        if ((0, node_fs_1.existsSync)(archivePath)) {
            (0, node_fs_1.unlinkSync)(archivePath);
        }
    }
}
function downloadFile(url, destinationPath) {
    return new Promise((resolve, reject) => {
        const { ProxyAgent } = require('proxy-agent');
        const request = (0, node_https_1.request)(url, { agent: new ProxyAgent() }, response => {
            if (response.statusCode !== 200) {
                response.resume();
                reject(new Error(`Download failed: server returned code ${response.statusCode}. URL: ${url}`));
                return;
            }
            const total = parseInt(response.headers['content-length'], 10);
            const ProgressBar = require('progress');
            const bar = new ProgressBar(`Downloading chrome [:bar] :percent :etas `, { complete: '=', width: 20, total });
            const file = (0, node_fs_1.createWriteStream)(destinationPath);
            file.on('close', () => resolve());
            file.on('error', reject);
            response.on('data', chunk => bar.tick(chunk.length));
            response.pipe(file);
        });
        request.on('error', reject);
        request.end();
    });
}
function logPolitely(toBeLogged) {
    const logLevel = process.env['npm_config_loglevel'] || '';
    if (['silent', 'error', 'warn'].indexOf(logLevel) === -1) {
        console.log(toBeLogged);
    }
}
function overrideProxy() {
    const { npm_config_https_proxy, npm_config_http_proxy, npm_config_proxy, npm_config_no_proxy } = process.env;
    if (npm_config_https_proxy) {
        process.env['HTTPS_PROXY'] = npm_config_https_proxy;
    }
    if (npm_config_http_proxy || npm_config_proxy) {
        process.env['HTTP_PROXY'] = npm_config_http_proxy || npm_config_proxy;
    }
    if (npm_config_no_proxy) {
        process.env['NO_PROXY'] = npm_config_no_proxy;
    }
}
