# A very small pip: for each line of requirements.txt it takes the version that is asked for,
# or else the newest in the index, and puts it into env/.
mkdir -p env
printf '' > env/installed.yaml
while read -r line; do
  name=${line%%==*}
  version=${line#*==}
  if [ "$version" = "$line" ]; then version=$(ls index/$name | sort -V | tail -n 1); fi
  version=${version%.ts}
  cat index/$name/$version.ts > env/$name.ts && echo "$name: '$version'" >> env/installed.yaml && echo "installed $name $version"
done < requirements.txt
