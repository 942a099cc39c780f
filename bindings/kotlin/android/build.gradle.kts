// The AAR, from the sources that ../pom.xml builds and tests for the JVM. NOT RUN where there is no Android SDK: there the
// sources are compiled and tested by Maven only.
//
// It has `cargo xtask bindings kotlin` write the Kotlin and `cargo xtask android` build the core for each ABI, as
// target/android/jniLibs/ABI/libphonein_core.so, aligned to 16 KB: Android 15 loads nothing else on phones with such pages.

import groovy.json.JsonSlurper

plugins {
    id("com.android.library") version "9.5.0" // brings Kotlin of its own
    `maven-publish`
}

group = "io.phonein"
version = "0.1.0"

val repository = file("../../..")

/** btleplug's Java half, out of the very crate that Cargo.lock names: the two halves never differ. */
fun droidplug(): File {
    val metadata =
        providers.exec {
            workingDir(repository)
            commandLine("cargo", "metadata", "--locked", "--format-version", "1")
        }.standardOutput.asText.get()
    val packages = (JsonSlurper().parseText(metadata) as Map<*, *>)["packages"] as List<*>
    val btleplug = packages.filterIsInstance<Map<*, *>>().single { it["name"] == "btleplug" }
    return file(btleplug["manifest_path"] as String).resolveSibling("src/droidplug/java/src/main/java")
}

android {
    namespace = "io.phonein.core"
    compileSdk = 36

    defaultConfig {
        minSdk = 26
        consumerProguardFiles("consumer-rules.pro")
        ndk { abiFilters += listOf("arm64-v8a", "armeabi-v7a", "x86_64") }
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }

    sourceSets.getByName("main") {
        kotlin.srcDirs("../src/main/kotlin", "../generated")
        java.srcDir(droidplug())
        jniLibs.srcDir(repository.resolve("target/android/jniLibs"))
    }

    // What was aligned to 16 KB stays so, and is mapped as it lies.
    packaging { jniLibs.useLegacyPackaging = false }

    publishing { singleVariant("release") { withSourcesJar() } }
}

/** What cargo makes: it knows by itself what is still good. */
fun made(
    task: String,
    vararg words: String,
) = tasks.register<Exec>(task) {
    workingDir(repository)
    commandLine("cargo", "xtask", *words)
    environment("ANDROID_NDK_HOME", androidComponents.sdkComponents.ndkDirectory.get().asFile.path)
}

val bindings = made("bindings", "bindings", "kotlin")
val libraries = made("libraries", "android")
tasks.named("preBuild") { dependsOn(bindings, libraries) }

dependencies {
    api("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.11.0")
    // Older ones crash at the first call now and then, and are not aligned to 16 KB.
    implementation("net.java.dev.jna:jna:5.19.1@aar")
}

publishing {
    publications {
        register<MavenPublication>("release") {
            artifactId = "phonein-core"
            afterEvaluate { from(components["release"]) }
        }
    }
}
