import CommandLine

Reqlint.start()
