plugins {
    alias(libs.plugins.android.library)
    alias(libs.plugins.compose.compiler)
}

android {
    namespace = "io.phonein.ui"
    compileSdk = 36

    defaultConfig {
        minSdk = 26
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }

    buildFeatures {
        compose = true
    }

    // The tests draw on a desktop: Maven runs them.
    sourceSets.getByName("main") {
        kotlin.srcDirs("src/main/kotlin")
    }
}

dependencies {
    api("io.phonein:phonein-core")
    api(libs.compose.runtime)
    api(libs.compose.ui)
    api(libs.compose.foundation)
    api(libs.compose.material3)
    api(libs.lifecycle.viewmodel)
}
