'use strict';
const { runtimePlatform } = require('./platform');
let binding;
try {
  binding = require(`../build/Release/imagekit-${runtimePlatform()}.node`);
} catch (error) {
  throw new Error(`Could not load the imagekit module for ${runtimePlatform()}: ${error.message}\nPossible solution: npm install --include=optional imagekit-native`);
}
module.exports = (input, options) => binding.pipeline(input, options);
