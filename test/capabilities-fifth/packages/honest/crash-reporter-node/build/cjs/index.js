Object.defineProperty(exports, '__esModule', { value: true });

const sdk = require('./sdk.js');
const client = require('./client.js');

exports.init = sdk.init;
exports.getReleaseFromEnv = sdk.getReleaseFromEnv;
exports.captureException = sdk.captureException;
exports.NodeClient = client.NodeClient;
//# sourceMappingURL=index.js.map
